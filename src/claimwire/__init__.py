"""claimwire: newswires in, claims about sanctions, UN requests and trade quotas out."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("claimwire")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"

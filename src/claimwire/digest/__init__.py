"""The way out by mail: compose, render, send."""

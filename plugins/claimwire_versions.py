"""Where Airflow 3.1, 3.2 and 3.3 keep what we need of them: it moved between them, and the rest of us need not know."""

try:
    from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException
except ImportError:  # 3.1
    from airflow.exceptions import AirflowFailException, AirflowNotFoundException
try:
    from airflow.sdk import AsyncCallback, DeadlineAlert, DeadlineReference
except ImportError:  # 3.1
    from airflow.sdk.definitions.deadline import AsyncCallback, DeadlineAlert, DeadlineReference
try:
    from airflow.sdk.observability import stats
except ImportError:  # 3.1
    from airflow.stats import Stats as stats  # noqa: N813
if not hasattr(stats, "incr"):  # 3.2
    stats = stats.Stats

__all__ = [
    "AirflowFailException",
    "AirflowNotFoundException",
    "AsyncCallback",
    "DeadlineAlert",
    "DeadlineReference",
    "stats",
]

"""kpitui: a terminal browser for government KPI reports."""

__version__ = "0.1.0"

"""Any publisher's tables, understood: which column holds what, which row is a project and which a KPI."""

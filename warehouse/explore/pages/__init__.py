"""One module a sort of page: each asks the published file and fills its template."""

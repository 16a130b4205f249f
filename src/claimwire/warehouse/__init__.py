"""The world inside: tables, migrations, queries."""

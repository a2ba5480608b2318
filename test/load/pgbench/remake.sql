-- Drops and recreates the watched view, and renames it and its schema and back.
SELECT remake();

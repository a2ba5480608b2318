-- The view that is watched is dropped and made again, and it and its schema get other names and theirs again.
SELECT remake();

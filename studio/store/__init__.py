"""What is kept: the database, its tables and migrations, and the media files."""

"""newsmine."""

"""“Dữ liệu của tôi”: who saw it, a copy to take away, requests about it."""

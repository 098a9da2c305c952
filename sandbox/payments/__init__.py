"""A payment gateway that speaks VNPAY 2.1.0."""

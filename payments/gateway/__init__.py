"""The only place that talks to Stripe: one module per noun, own small answers, own small errors.

Nothing here knows the database, and nothing here may be called inside a database transaction.
"""

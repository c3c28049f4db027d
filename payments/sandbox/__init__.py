"""The local Stripe: a process of its own that answers Stripe's HTTP wire, for demo, tests and development.

Nothing here imports the project: the real `stripe` library talks to it, and it talks back by signed webhooks.
See docs/local-stripe.md.
"""

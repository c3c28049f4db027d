"""The textbook's answer to "bikes near me": GeoDjango and Django REST Framework as their documentation teaches them, on
PostGIS, with what a careful team would add: the spatial index, `dwithin`, `select_related`, kept connections.

It holds the same listings as the site and answers with the same facts, so that both can be asked the same question.
"""

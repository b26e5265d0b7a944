"""Languages 语言: every sentence of the product is written in Chinese; the English catalogue is kept and compiled here.

`python -m songda.portal.languages update` brings `locale/en/LC_MESSAGES/django.po` up to the sources, `compile` makes the
`.mo` file that Django reads. Both are pure Python (Babel): no GNU gettext is needed. The engines speak Chinese by design.
"""

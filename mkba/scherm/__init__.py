"""The live invoerscherm: the logic without widgets, the widgets, and the page that Voilà makes of them.

``concept`` (what is typed), ``beeld`` (what follows from it) and ``invoerscherm`` (what can be done) know no widgets;
``bouwstenen``, ``tabbladen``, ``bewaren`` and ``scherm`` need the extra ``scherm`` (ipywidgets).
"""

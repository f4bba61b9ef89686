"""The live invoerscherm: the logic without widgets, the widgets, and the page that Voilà makes of them.

``concept`` (what is typed), ``beeld`` (what follows from it) and ``invoerscherm`` (what can be done) know no widgets;
``bladen`` (the tabs), ``naast`` (alternatives and chances), ``bestanden`` (opening and keeping) and ``scherm`` need the
extra ``scherm`` (ipywidgets). ``vorm`` is how it looks, ``server`` the process that serves it.
"""

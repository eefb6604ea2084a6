"""Lines become units: the grammar of United Nations documents."""

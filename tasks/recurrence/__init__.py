"""Make the next tasks of series that go on by themselves."""

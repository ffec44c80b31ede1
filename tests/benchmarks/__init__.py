"""How fast Atrium is beside a stock Django chat: `python -m tests.benchmarks`. pytest collects nothing here."""

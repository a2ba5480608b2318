#!/usr/bin/env python3
"""inputs.py for 20 seconds, as script/test runs it."""

from inputs import main

main()

#!/usr/bin/env python3
"""Runs inputs.py for 20 seconds, for script/test."""

from inputs import main

main()

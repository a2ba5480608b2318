#!/usr/bin/env python3
"""Runs inputs.py, for script/test."""

from inputs import main

main()

"""Tests of releasing."""

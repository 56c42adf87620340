"""Scores for people: tables for a terminal, and one HTML file with everything in it, readable anywhere and offline.

tables    rich tables
plots     per-frame curves as inline SVG
page      the HTML page of a review, and of a comparison
"""

"""Nayu (น่าอยู่): one platform for local governments and their people."""

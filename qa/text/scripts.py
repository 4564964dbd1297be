"""The character classes that the text kernel shares, as the insides of regular-expression brackets."""

from __future__ import annotations

ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfc\ufe80-\ufefc"
)
"""Letters of the Arabic script (Persian, Arabic, Kurdish, Urdu, …), presentation forms among them."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
"""Marks that sit on a letter and that folding removes: harakat, superscript alef, accents, variation selectors."""

TATWEEL = "\u0640"

HALF_SPACES = "\u200c\u00ac\u200b"
"""What stands for the half-space wherever it occurs: U+200C; U+00AC, to which old Persian code pages map it; U+200B."""

STRAY_HALF_SPACES = "\u00ad\u200e\u200f"
"""What word processors leave for a half-space between two Arabic-script letters, and is invisible elsewhere."""

INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Characters without width: joiners, bidi marks, isolates and embeddings, soft hyphen, byte-order mark."""

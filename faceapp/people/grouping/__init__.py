"""Who belongs together: strict cores first, then what joins them. ``group`` starts anew, ``follow`` goes on."""

from faceapp.people.grouping.methods import follow, group, weak

__all__ = ["follow", "group", "weak"]

"""Rules of a message, without the record: days as written, figures by their claims, numbers without one."""

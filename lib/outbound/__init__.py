"""Ask other servers, at addresses that users choose, without reaching what only this server can reach.

Whatever leaves for such an address goes through here. A library that connects by itself goes around the guard.
"""

"""Husbanken's statistics: the Qlik app over a websocket, and exports of it from a spreadsheet."""

"""A small client for protocol 3, which can send what psql cannot: parameters as bytes."""

import pathlib
import socket
import struct


class Lost(Exception):
    """The server closed the connection or does not answer."""


class ServerError(Exception):
    """An error reported by the server: its SQLSTATE and message."""

    def __init__(self, fields):
        self.state = fields.get("C", "")
        self.message = fields.get("M", "")
        self.detail = fields.get("D", "")
        self.context = fields.get("W", "")
        super().__init__(f"{self.state}: {self.message}")


class Connection:
    def __init__(self, host, port, user, dbname, seconds=60):
        try:
            if host.startswith("/"):
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.settimeout(seconds)
                self.socket.connect(str(pathlib.Path(host) / f".s.PGSQL.{port}"))
            else:
                self.socket = socket.create_connection((host, port), seconds)
        except OSError as e:
            raise Lost(str(e)) from e
        self.buffer = b""
        start = struct.pack("!i", 196608) + b"".join(
            x.encode() + b"\0" for x in ("user", user, "database", dbname, "client_encoding", "UTF8")) + b"\0"
        self.put(struct.pack("!i", len(start) + 4) + start)
        self.answer()

    def close(self):
        self.socket.close()

    def put(self, data):
        try:
            self.socket.sendall(data)
        except OSError as e:
            # reads messages that the server sent before it closed the connection
            if isinstance(e, socket.timeout):
                raise Lost("the server takes nothing") from e

    def take(self, length):
        while len(self.buffer) < length:
            try:
                more = self.socket.recv(1 << 16)
            except OSError as e:
                raise Lost(str(e)) from e
            if not more:
                raise Lost("the connection was closed")
            self.buffer += more
        data, self.buffer = self.buffer[:length], self.buffer[length:]
        return data

    def answer(self, copy=None):
        """Reads until the server is ready.  Returns the rows as lists of bytes; raises an error it reports."""
        rows, error = [], None
        while True:
            kind, length = struct.unpack("!ci", self.take(5))
            body = self.take(length - 4)
            if kind == b"R" and body[:4] != bytes(4):
                raise Lost("the server asks for a password")
            if kind == b"E":
                error = ServerError({x[:1].decode(): x[1:].decode("utf-8", "replace")
                                     for x in body.split(b"\0") if x})
                if error.state.startswith("57P"):
                    raise Lost(str(error))
            elif kind == b"D":
                rows.append(self.row(body))
            elif kind == b"G":
                self.put(message(b"d", copy or b"") + message(b"c", b""))
            elif kind == b"Z":
                if error:
                    raise error
                return rows

    @staticmethod
    def row(body):
        count, at, row = struct.unpack("!h", body[:2])[0], 2, []
        for _ in range(count):
            length = struct.unpack("!i", body[at:at + 4])[0]
            at += 4
            row.append(None if length < 0 else body[at:at + length])
            at += max(length, 0)
        return row

    def query(self, text, copy=None):
        """Sends statements as one text, and data for COPY FROM STDIN."""
        self.put(message(b"Q", as_bytes(text) + b"\0"))
        return self.answer(copy)

    def call(self, text, parameters, binary=False):
        """Sends a statement with parameters (bytes, text or None); the result has the same format."""
        form = struct.pack("!hh", 1, int(binary))
        values = struct.pack("!h", len(parameters))
        for value in parameters:
            if value is None:
                values += struct.pack("!i", -1)
            else:
                value = as_bytes(value)
                values += struct.pack("!i", len(value)) + value
        self.put(message(b"P", b"\0" + as_bytes(text) + b"\0" + bytes(2)) +
                 message(b"B", b"\0\0" + form + values + form) +
                 message(b"E", b"\0" + bytes(4)) + message(b"S", b""))
        return self.answer()


def as_bytes(text):
    return text.encode() if isinstance(text, str) else text


def message(kind, body):
    return kind + struct.pack("!i", len(body) + 4) + body

"""A StatsD server of the plainest kind: keeps the lines that it is sent."""

import socket
import threading


class StatsdServer:
    """Listens on a UDP port of loopback until it is closed."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def values(self, name: str) -> list[str]:
        """Values of a metric as they came, such as `3|c` and `12.5|g`."""
        return [value for line in self.lines for key, _, value in [line.partition(":")] if key == name]

    def close(self) -> None:
        """Stops listening."""
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while packet := self._socket.recv(65_535):
            self.lines += packet.decode().splitlines()

"""What a websocket may hold the server with, beyond what the library is told."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """One websocket."""

    def keepalive_timeout(self) -> None:
        """End the connection of a client that does not answer, with what it has not read.

        The library would wait until it is read.
        """
        super().keepalive_timeout()
        self.transport.abort()

"""Old news: read again with today's engine, brought in from files, or let go when its time is over."""

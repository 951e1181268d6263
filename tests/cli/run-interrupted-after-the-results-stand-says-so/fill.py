# Fills the pipe of descriptor 3, so that whoever writes to it next has to wait.
import os

os.set_blocking(3, False)
try:
    while True:
        os.write(3, b"x" * 4096)
except BlockingIOError:
    os.set_blocking(3, True)

#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A small S3-compatible store that checks AWS Signature Version 4 by the book (AWS General
Reference, "Signature Version 4 signing process"), written apart from whoever signs.

Usage: s3_server.py FOLDER ID SECRET REGION. Prints its port. What it is told to do badly stands
in FOLDER/order: "slow", "500", "redirect", "drip", "flood"; absent: nothing. Each request is a
line in FOLDER/log: METHOD PATH STATUS."""

import hashlib
import hmac
import http.server
import os
import re
import sys
import threading
import urllib.parse

FOLDER, ID, SECRET, REGION = sys.argv[1:5]


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def fault_of(handler, body):
    """None when the request is well signed; else the store's code for it."""
    found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?"
                         r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})",
                         handler.headers.get("Authorization", ""))
    if not found:
        return "AccessDenied"
    key_id, day, region, names, signature = found.groups()
    date = handler.headers.get("X-Amz-Date", "")
    claimed = handler.headers.get("X-Amz-Content-Sha256", "")
    if key_id != ID or region != REGION or not date.startswith(day):
        return "InvalidAccessKeyId"
    if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names.split(";")):
        return "AccessDenied"
    if claimed != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    path = urllib.parse.urlsplit(handler.path)
    headers = "".join(f"{n}:{' '.join(handler.headers.get(n, '').split())}\n" for n in names.split(";"))
    canonical = "\n".join([handler.command, urllib.parse.quote(urllib.parse.unquote(path.path)), path.query,
                           headers, names, claimed])
    scope = f"{day}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = sign(sign(sign(sign(b"AWS4" + SECRET.encode(), day), region), "s3"), "aws4_request")
    wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return None if hmac.compare_digest(wanted, signature) else "SignatureDoesNotMatch"


class Store(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lock = threading.Lock()

    def path_of(self):
        return f"{FOLDER}/bucket/" + self.path.lstrip("/").replace("..", "")

    def answer(self, status, body=b"", headers=()):
        with self.lock, open(f"{FOLDER}/log", "a", encoding="utf-8") as log:
            log.write(f"{self.command} {self.path} {status}\n")
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name == "Content-Length" for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            try:
                self.wfile.write(body)
            except OSError:  # who asked has heard enough
                self.close_connection = True

    def misbehaves(self):
        try:
            with open(f"{FOLDER}/order", encoding="utf-8") as f:
                order = f.read().strip()
        except OSError:
            return False
        if order == "500":
            self.answer(500, b"<Error><Code>InternalError</Code></Error>")
        elif order == "redirect":
            self.answer(307, headers=[("Location", "http://127.0.0.1:1/")])
        elif order == "flood":
            self.answer(200, bytes(1 << 20))
        return True

    def refuse(self, code):
        self.answer(403, f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>".encode())

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = fault_of(self, body)
        if fault:
            self.refuse(fault)
        elif not self.misbehaves():
            os.makedirs(os.path.dirname(self.path_of()), exist_ok=True)
            with open(self.path_of() + ".new", "wb") as f:
                f.write(body)
            os.replace(self.path_of() + ".new", self.path_of())
            self.answer(200)

    def do_HEAD(self):
        fault = fault_of(self, b"")
        if fault:
            self.answer(403)
        elif not self.misbehaves():
            is_there = os.path.isfile(self.path_of())
            size = os.path.getsize(self.path_of()) if is_there else 0
            self.answer(200 if is_there else 404, headers=[("Content-Length", str(size))])

    def do_GET(self):
        """Reading is for everybody, as a website's."""
        if not os.path.isfile(self.path_of()):
            self.answer(404)
            return
        with open(self.path_of(), "rb") as f:
            body = f.read()
        self.answer(200, body)

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()

/* SPDX-License-Identifier: Apache-2.0
 *
 * TLS: certificates that must not be believed, and handshakes that come to nothing. */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "hostile.h"

#define DAY_S 86400L

static void fall_silent(struct visit *v, const struct behaviour *b)
{
	visit_send(v, b->text, strlen(b->text));
	visit_stall(v);
}

static void say_and_close(struct visit *v, const struct behaviour *b)
{
	visit_send(v, b->text, (size_t)b->number);
}

static void reset(struct visit *v, const struct behaviour *b)
{
	(void)b;
	visit_reset(v);
}

/* A body that ends with the connection, cut without TLS's own goodbye. */
static void cut(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	visit_send(v, v->bytes, v->len / (size_t)b->number);
	SSL_set_quiet_shutdown(v->tls, 1);
}

const struct behaviour tls_family[] = {
	{"tls-good", EVERY, NULL, 0, NULL, CERT_GOOD},
	{"tls-expired", EVERY, NULL, 0, NULL, CERT_EXPIRED},
	{"tls-not-yet-valid", EVERY, NULL, 0, NULL, CERT_NOT_YET},
	{"tls-self-signed", EVERY, NULL, 0, NULL, CERT_SELF},
	{"tls-of-another-host", EVERY, NULL, 0, NULL, CERT_HOST},
	{"tls-by-another-authority", EVERY, NULL, 0, NULL, CERT_OTHER},
	{"tls-1.1-only", EVERY, NULL, 0, NULL, CERT_OLD},
	{"tls-silent", AT_ACCEPT, fall_silent, 0, "", CERT_GOOD},
	{"tls-silent-in-the-handshake", AT_ACCEPT, fall_silent, 0, "\x16\x03\x03", CERT_GOOD},
	{"tls-closed-at-once", AT_ACCEPT, say_and_close, 0, "", CERT_GOOD},
	{"tls-closed-in-the-handshake", AT_ACCEPT, say_and_close, 5, "\x16\x03\x03\x01\x01", CERT_GOOD},
	{"tls-reset-in-the-handshake", AT_ACCEPT, reset, 0, NULL, CERT_GOOD},
	{"tls-alert-in-the-handshake", AT_ACCEPT, say_and_close, 7, "\x15\x03\x03\0\x02\x02\x28", CERT_GOOD},
	{"tls-answered-in-plain", AT_ACCEPT, say_and_close, 27, "HTTP/1.1 200 OK\r\n\r\n{\"a\": 1}",
		CERT_GOOD},
	{"tls-cut-without-goodbye", HEAD, cut, 2, NULL, CERT_GOOD},
	{0},
};

static void must(bool ok)
{
	if (ok)
		return;
	ERR_print_errors_fp(stderr);
	exit(1);
}

static void add_name(X509_NAME *name, const char *text)
{
	must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)text, -1, -1, 0) ==
		1);
}

static void add_extension(X509 *cert, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	must(e && X509_add_ext(cert, e, -1) == 1);
	X509_EXTENSION_free(e);
}

/* Valid from and until so many days from now; names: of its hosts, NULL: an authority. */
static X509 *make(EVP_PKEY *key, const char *name, const char *names, long from, long until)
{
	static long serial = 1;
	X509 *cert = X509_new();
	must(cert && X509_set_version(cert, X509_VERSION_3) == 1);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), serial++);
	X509_gmtime_adj(X509_getm_notBefore(cert), from * DAY_S);
	X509_gmtime_adj(X509_getm_notAfter(cert), until * DAY_S);
	add_name(X509_get_subject_name(cert), name);
	must(X509_set_pubkey(cert, key) == 1);
	add_extension(cert, NID_basic_constraints, names ? "critical,CA:FALSE" : "critical,CA:TRUE");
	if (names)
		add_extension(cert, NID_subject_alt_name, names);
	return cert;
}

static void write_cert(X509 *cert, const char *path)
{
	FILE *f = path ? fopen(path, "wb") : NULL;
	must(!path || (f && PEM_write_X509(f, cert) == 1));
	if (f)
		must(fclose(f) == 0);
}

struct authority {
	EVP_PKEY *key;
	X509 *cert;
};

static struct authority make_authority(const char *name)
{
	struct authority a = {.key = EVP_EC_gen("P-256")};
	must(a.key);
	a.cert = make(a.key, name, NULL, -90, 365);
	X509_set_issuer_name(a.cert, X509_get_subject_name(a.cert));
	must(X509_sign(a.cert, a.key, EVP_sha256()) > 0);
	return a;
}

/* The same for all certificates but those by another. */
static struct authority the_authority(const char *ca_path)
{
	static struct authority a;
	if (!a.key)
		a = make_authority("hostile authority");
	write_cert(a.cert, ca_path);
	return a;
}

static void allow_old(SSL_CTX *c)
{
	SSL_CTX_set_security_level(c, 0);
	must(SSL_CTX_set_min_proto_version(c, TLS1_VERSION) == 1 &&
		SSL_CTX_set_max_proto_version(c, TLS1_1_VERSION) == 1 &&
		SSL_CTX_set_cipher_list(c, "ALL:@SECLEVEL=0") == 1);
}

SSL_CTX *certs_context(enum cert kind, const char *ca_path)
{
	const char *names = kind == CERT_HOST ? "DNS:example.org" : "DNS:localhost,IP:127.0.0.1";
	long from = kind == CERT_NOT_YET ? 30 : -60, until = kind == CERT_EXPIRED ? -1 : 90;
	struct authority a = the_authority(ca_path);
	EVP_PKEY *key = EVP_EC_gen("P-256");
	must(key);
	X509 *cert = make(key, "localhost", names, from, until);
	if (kind == CERT_OTHER)
		a = make_authority("another authority");
	if (kind == CERT_SELF)
		a = (struct authority){key, cert};
	X509_set_issuer_name(cert, X509_get_subject_name(a.cert));
	must(X509_sign(cert, a.key, EVP_sha256()) > 0);
	SSL_CTX *c = SSL_CTX_new(TLS_server_method());
	must(c && SSL_CTX_use_certificate(c, cert) == 1 && SSL_CTX_use_PrivateKey(c, key) == 1);
	if (kind == CERT_OLD)
		allow_old(c);
	X509_free(cert);
	EVP_PKEY_free(key);
	return c;
}

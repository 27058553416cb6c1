/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "office/media.h"

#define PAINTERS 2
#define JOB_THREADS 3

static bool open_painter(struct press *p, const struct hub_options *o, struct err *e)
{
	char pages[sizeof p->folder], media[sizeof p->folder];
	if (!file_join(pages, sizeof pages, p->folder, PRESS_PAGES) ||
		!file_join(media, sizeof media, p->folder, MEDIA_FOLDER))
		return err_set(e, ERR_USAGE, "%s: too long a path", p->folder);
	if (!file_make_folder(media, 0700, e) || !album_open(&p->album, pages, ALBUM_BYTES_MAX, e))
		return false;
	p->painter = painter_create(&(struct painter_setup){.program = "/proc/self/exe",
		.fonts = {.regular = o->font_regular,
			.bold = o->font_bold,
			.fallback = (const char *const *)o->font.items,
			.fallback_count = o->font.count},
		.media = media,
		.album = p->album,
		.at_once = PAINTERS});
	return true;
}

static bool open_bucket(struct press *p, const struct hub_options *o, struct err *e)
{
	if (!o->bucket)
		return true;
	return hub_options_need(o->bucket_key, "bucket-key", e) &&
	       s3_open(&p->bucket,
		       &(struct s3_setup){.address = o->bucket,
			       .region = o->bucket_region ? o->bucket_region : "us-east-1",
			       .key_file = o->bucket_key,
			       .ca_file = o->bucket_ca},
		       e);
}

bool press_open(struct press **out, const struct hub *h, const struct hub_options *o, struct err *e)
{
	struct press *p = alloc_zero(1, sizeof *p);
	*out = p;
	p->has_stick = o->stick != NULL;
	p->imports = imports_create();
	(void)snprintf(p->folder, sizeof p->folder, "%s", o->folder);
	return open_painter(p, o, e) && jobs_start(&p->jobs, JOB_THREADS, e) && open_bucket(p, o, e) &&
	       carrier_start(&p->carrier,
		       &(struct carrier_setup){.office = h->office,
			       .clock = h->clock,
			       .feed = o->feed,
			       .bucket = p->bucket,
			       .stick = o->stick},
		       e) &&
	       publisher_open(&p->publisher,
		       &(struct publisher_setup){.office = h->office,
			       .carrier = p->carrier,
			       .clock = h->clock,
			       .folder = p->folder,
			       .feed = o->feed,
			       .head_key = o->head_key,
			       .publisher_key = o->publisher_key},
		       e) &&
	       keeper_start(&p->keeper, p->publisher, e);
}

void press_close(struct press *p)
{
	if (!p)
		return;
	keeper_stop(p->keeper);
	jobs_stop(p->jobs);
	imports_destroy(p->imports);
	publisher_close(p->publisher);
	carrier_stop(p->carrier);
	s3_close(p->bucket);
	painter_destroy(p->painter);
	album_close(p->album);
	free(p);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Settings: switches that an office turns, and what each gives up. */
#include "feed/trust.h"
#include "hub/api.h"
#include "hub/api_press.h"
#include "hub/press.h"
#include "office/setting.h"

static const char gives_up[] =
	"开启后，发布密钥存放在本中心：谁侵入了这台服务器，不需要任何发布人，就能让所有屏幕显示任意内容；"
	"编辑、审核、签发三人分开只剩制度约束，不再有密码学保证。"
	"人手少的单位可以接受；其余单位请保持关闭，由发布人在各自的电脑上签名。";

/* A switch, and whether there is anything behind it. */
static json_t *with(json_t *shown, bool is_available)
{
	(void)json_object_set_new(shown, "available", json_boolean(is_available));
	return shown;
}

static json_t *settings_of(struct api_call *c, const char *feed)
{
	const struct press *p = c->hub->press;
	json_t *key = with(setting_show(c->office, PUBLISHER_KEY_SETTING), publisher_has_key(p->publisher));
	json_t *bucket = with(setting_show(c->office, CARRIER_BUCKET), p->bucket != NULL);
	json_t *stick = with(setting_show(c->office, CARRIER_STICK), p->has_stick);
	(void)json_object_set_new(key, "gives_up", json_string(gives_up));
	(void)json_object_set_new(bucket, "address", json_string(p->bucket ? s3_address(p->bucket) : ""));
	return json_pack("{s:s, s:b, s:o, s:o, s:o}", "feed", feed, "strict", setting_is_on(c->office, SETTING_STRICT),
		"publisher_key", key, "bucket", bucket, "stick_folder", stick);
}

static bool show(struct api_call *c, struct err *e)
{
	struct trust *t = NULL;
	struct err ignored = {0};
	if (!api_press(c, e))
		return false;
	bool has_feed = publisher_trust(c->hub->press->publisher, &t, &ignored);
	api_begin(c);
	json_t *shown = settings_of(c, has_feed ? t->feed : "");
	trust_destroy(t);
	return api_end(c, true, e) ? api_send(c, 200, shown) : (json_decref(shown), false);
}

static bool turn(struct api_call *c, struct err *e)
{
	static const struct {
		const char *name, *setting;
	} switches[] = {{"strict", SETTING_STRICT}, {"publisher_key_on_hub", PUBLISHER_KEY_SETTING},
		{"bucket", CARRIER_BUCKET}, {"stick_folder", CARRIER_STICK}};
	bool is_on;
	for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
		if (!api_bool(c, switches[i].name, false, &is_on, e))
			return false;
	}
	if (!api_press(c, e))
		return false;
	if (json_is_true(json_object_get(c->body, "publisher_key_on_hub")) &&
		!publisher_has_key(c->hub->press->publisher))
		return err_set(e, ERR_CONFLICT, "本中心没有发布密钥文件（publisher-key），无法开启");
	api_begin(c);
	for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
		if (json_object_get(c->body, switches[i].name))
			setting_turn(c->office, switches[i].setting,
				json_is_true(json_object_get(c->body, switches[i].name)));
	}
	if (!api_end(c, true, e))
		return false;
	carrier_wake(c->hub->press->carrier);
	return show(c, e);
}

static const struct api_route routes[] = {
	{"GET", "settings", OFFICE_ANYBODY, 0, show},
	{"PATCH", "settings", OFFICE_ADMINISTRATOR, API_CONFIRMED, turn},
};
const struct api_area api_setting_area = {routes, sizeof routes / sizeof routes[0]};

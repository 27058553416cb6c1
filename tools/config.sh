#!/bin/sh
# Writes the make variables that depend on installed packages: config.sh OUT.
# One call here instead of one pkg-config for each file compiled.
set -eu
out=$1
here=$(dirname "$0")
# A package's build has what debian/control names, and installs nothing.
[ "${DEPS:-yes}" = no ] || "$here/deps.sh"

# System headers are other people's code: -isystem keeps our warnings off them.
# PKG_CONFIG names another machine's.
flags() { "${PKG_CONFIG:-pkg-config}" --cflags "$@" | sed 's/-I/-isystem /g'; }
libs() { "${PKG_CONFIG:-pkg-config}" --libs "$@"; }
paint="sdl2 SDL2_ttf cairo pixman-1 libqrencode libpng libjpeg libwebp"

# Films are for who has these; without them fangzi-video is not built, and their pictures are shown.
films="libavformat libavcodec libswscale libavutil"
has_films=$("${PKG_CONFIG:-pkg-config}" --exists $films && echo yes || true)

mkdir -p "$(dirname "$out")"
cat > "$out.tmp" <<EOT
PKG_CFLAGS := $(flags jansson libconfuse sqlite3 libcrypto libcurl libmicrohttpd libseccomp libsystemd libdrm libevdev libzip expat libical xlsxwriter $paint ${has_films:+$films})
LIBS_base := $(libs jansson libconfuse libseccomp) -lunistring -lpthread
LIBS_content := $(libs sqlite3)
LIBS_feed := $(libs libcrypto)
LIBS_tls := $(libs libssl)
LIBS_store := $(libs sqlite3)
LIBS_sync := $(libs libcurl)
LIBS_paint := $(libs $paint) -lm
LIBS_board := -lm
LIBS_kiosk := $(libs sdl2 libsystemd libdrm libevdev)
LIBS_intake := $(libs libzip expat libical xlsxwriter) -lcsv
LIBS_office := $(libs sqlite3 libcrypto)
LIBS_hub := $(libs libmicrohttpd libsystemd libcurl libzip)
LIBS_sign :=
HAS_FILMS := $has_films
LIBS_video := ${has_films:+$(libs $films)}
EOT
mv "$out.tmp" "$out"

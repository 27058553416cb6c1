#!/bin/sh
# Makes one of the screen's own font files: font.sh FOLDER/regular.otf, bold.otf, or
# noto-sans-cjk.txt, which says whose they are.
#
# They are that part of Noto Sans CJK SC which is written every day: the 8,105 characters of
# the General Standard Chinese Characters table (kTGH in Debian's unicode-data) and everything
# that is no Han and no Hangul: letters, figures, punctuation, signs. Without subroutines, since
# FreeType keeps an index of them all, 2 MB for each face that is open. The outlines and the
# measures are the font's own.
set -eu
out=$1
noto=/usr/share/fonts/opentype/noto/NotoSansCJK
sc=2 # of the collection's faces: Simplified Chinese
mkdir -p "$(dirname "$out")"

others=20-10FF,1200-312F,3190-33FF,FB00-FB4F,FE10-FE6F,FF00-FF9F,FFE0-FFEF
case $(basename "$out" .otf) in
regular) weight=Regular ;;
bold) weight=Bold ;;
*)
	cp /usr/share/doc/fonts-noto-cjk/copyright "$out"
	exit
	;;
esac
bzcat /usr/share/unicode/Unihan_OtherMappings.txt.bz2 | awk '$2 == "kTGH" && /^U/ {print substr($1, 3)}' > "$out.han"
[ "$(wc -l < "$out.han")" -eq 8105 ]
hb-subset --face-index=$sc --unicodes-file="$out.han" --unicodes+=$others --desubroutinize --notdef-outline \
	--output-file="$out.tmp" "$noto-$weight.ttc"
rm "$out.han"
mv "$out.tmp" "$out"

# shellcheck shell=bash
# A feed's folder into an S3-compatible bucket by curl alone. Objects first and the head last: a
# screen that looks in between finds the version before, whole.

KEY_OF_STORE=S3RVER:S3RVER # that of the store in package.json

upload_one() { # upload_one FEED NAME ADDRESS CACHE-CONTROL
	local type=application/octet-stream hash
	[[ $2 != *.json ]] || type=application/json
	hash=$(sha256sum < "$1/$2") # curl hashes only what it posts
	curl -sS --fail --max-time 20 -o /dev/null --aws-sigv4 aws:amz:us-east-1:s3 --user "$KEY_OF_STORE" \
		-H "x-amz-content-sha256: ${hash%% *}" -H "Content-Type: $type" -H "Cache-Control: $4" -T "$1/$2" "$3/$2"
}

upload() { # upload FEED ADDRESS
	local folder name
	for folder in objects manifests trust; do
		for name in "$1/$folder"/*; do
			upload_one "$1" "$folder/${name##*/}" "$2" 'public, max-age=31536000, immutable' || return 1
		done
	done
	upload_one "$1" head.json "$2" no-cache
}

#!/bin/sh
# The benchmark's work by ImageMagick: magick.sh PROGRAM FOLDER OUT [WebP settings]. One call an icon, on one thread.
# Decoded once; each size is made from the one before it. crop: the content is 1 / 0.9 as large, or less where it would
# not fit into the square.
program=$1 folder=$2 out=$3
shift 3
for file in "$folder"/*; do
    name=$(basename "$file")
    to="$out/${name%.*}"
    "$program" -limit thread 1 "$file" \
        -background none -trim +repage -resize 111.11% -resize '512x512>' -gravity center -extent 512x512 \
        -fill '#3b82f6' -colorize 100 \
        -channel A -morphology Dilate Disk:3 -blur 0x1.05 +channel \
        -define webp:lossless=true "$@" \
        -write "$to-512.webp" -resize 256x256 -write "$to-256.webp" -resize 128x128 -write "$to-128.webp" \
        -resize 64x64 "$to-64.webp" || exit 1
done

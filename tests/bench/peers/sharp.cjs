// The benchmark's work by sharp: node sharp.cjs FOLDER OUT [JSON of WebP options]. One icon at a time, on one thread.
//
// Only alpha goes through the steps, since the icon becomes one colour: the least work that sharp can do it with.
const fs = require("node:fs");
const path = require("node:path");
const sharp = require("sharp");

const SIDE = 512;
const SIZES = [512, 256, 128, 64];
const BLUE = { r: 0x3b, g: 0x82, b: 0xf6 };
const [, , folder, out, webp] = process.argv;
const options = { lossless: true, ...JSON.parse(webp ?? "{}") };

sharp.concurrency(1);
sharp.cache(false);

async function icon(name) {
  // First alpha, then its box: with colours, sharp would take hidden ones for content.
  const whole = await sharp(path.join(folder, name)).extractChannel("alpha").raw().toBuffer();
  const { data, info } = await sharp(whole, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .trim({ background: "black", threshold: 8 })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  // crop: the content is 1 / 0.9 as large in the same square, or less where it would not fit.
  const scale = Math.min(1 / 0.9, SIDE / info.width, SIDE / info.height);
  const width = Math.round(info.width * scale);
  const height = Math.round(info.height * scale);
  const left = Math.floor((SIDE - width) / 2);
  const top = Math.floor((SIDE - height) / 2);
  const alpha = await sharp(data, { raw: { width: info.width, height: info.height, channels: 1 } })
    .resize(width, height, { fit: "fill" })
    .extend({ left, top, right: SIDE - width - left, bottom: SIDE - height - top, background: "black" })
    .threshold(128) // what follows knows full and empty only, and takes the lightest grey for full
    .erode(3) // sharp takes what is dark for the shape: this is what grows the light one
    .blur(1.05)
    .extractChannel(0)
    .raw()
    .toBuffer();
  for (const size of SIZES) {
    const plane = await sharp(alpha, { raw: { width: SIDE, height: SIDE, channels: 1 } })
      .resize(size, size)
      .extractChannel(0)
      .raw()
      .toBuffer();
    await sharp({ create: { width: size, height: size, channels: 3, background: BLUE } })
      .joinChannel(plane, { raw: { width: size, height: size, channels: 1 } })
      .webp(options)
      .toFile(path.join(out, `${path.parse(name).name}-${size}.webp`));
  }
}

async function main() {
  for (const name of fs.readdirSync(folder).sort()) await icon(name);
}

main();

// What a telephone's camera makes of a sheet that lies on a table: turned, seen at an angle, out of focus, in poor light, with noise. The
// same sheet gives the same photograph.
const kTurned = 7;  // degrees
const kFarther = 0.75;  // as wide as the nearer edge
const kOutOfFocus = 'blur(1px) contrast(45%) brightness(85%)';
const kNoise = 8;  // of 255, either way
const kShadow = 0.35;  // of the light, at one edge

/** A photograph, as PNG, of a sheet that is a PNG too. */
export async function photograph(browser, sheet) {
  const page = await browser.newPage();
  const taken = await page.evaluate(async ({ png, turned, farther, outOfFocus, noise, shadow }) => {
    const paper = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (char) => char.charCodeAt(0))]));
    const [width, height] = [paper.width * 1.2, paper.height * 1.2].map(Math.round);
    const draw = (tall) => new OffscreenCanvas(width, tall).getContext('2d', { willReadFrequently: true });

    const table = draw(height);
    table.fillStyle = '#8a8378';
    table.fillRect(0, 0, width, height);
    table.translate(width / 2, height / 2);
    table.rotate(turned * Math.PI / 180);
    table.drawImage(paper, -paper.width / 2, -paper.height / 2);

    // A row at a time: the farther, the narrower and the flatter.
    const flat = Math.round(height * farther);
    const seen = draw(flat);
    for (let y = 0; y < flat; y += 1) {
      const wide = farther + (1 - farther) * y / flat;
      seen.drawImage(table.canvas, 0, y / (farther * wide), width, 1, width * (1 - wide) / 2, y, width * wide, 1);
    }

    const photo = draw(flat);
    photo.filter = outOfFocus;
    photo.drawImage(seen.canvas, 0, 0);
    const pixels = photo.getImageData(0, 0, width, flat);
    let random = 1;
    for (let at = 0; at < pixels.data.length; at += 4) {
      random = (random * 48_271) % 2_147_483_647;
      const light = 1 - shadow * ((at / 4) % width) / width;
      const off = (random / 2_147_483_647 * 2 - 1) * noise;
      for (let channel = 0; channel < 3; channel += 1) {
        pixels.data[at + channel] = pixels.data[at + channel] * light + off;
      }
    }
    photo.putImageData(pixels, 0, 0);
    const octets = new Uint8Array(await (await photo.canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
    let text = '';
    for (let at = 0; at < octets.length; at += 8192) {
      text += String.fromCharCode(...octets.subarray(at, at + 8192));
    }
    return btoa(text);
  }, { png: sheet.toString('base64'), turned: kTurned, farther: kFarther, outOfFocus: kOutOfFocus, noise: kNoise, shadow: kShadow });
  await page.close();
  return Buffer.from(taken, 'base64');
}

// What a gate's camera sees: a picture of a screen with a QR code, as the .y4m file that Chromium's fake camera plays.
import { writeFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 8;
const FRAMES_PER_SECOND = 30;
// A screen is not as white as paper, nor as black.
const WHITE = 225;
const BLACK = 25;
// The code's side in the frame; the rest is the table behind the phone.
const SIDE = 400;

/// Shows a PNG, such as the screenshot of a ticket's code.
export async function showPicture(png, file) {
  const picture = PNG.sync.read(png);
  await writeMovie(file, (x, y) => {
    const at = (Math.floor(y * picture.height) * picture.width + Math.floor(x * picture.width)) * 4;
    return picture.data[at] > 127 ? WHITE : BLACK;
  });
}

/// Reads the QR code in a PNG with the gate's own reader, on a page of the site.
export async function readPicture(page, png) {
  await page.addScriptTag({ url: '/pkg/reader.js' });
  return page.evaluate(async (data) => {
    await wasm_bindgen({ module_or_path: '/pkg/reader_bg.wasm' });
    const picture = new Image();
    picture.src = `data:image/png;base64,${data}`;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
    return new wasm_bindgen.Reader().read_frame(new Uint8Array(pixels.buffer), canvas.width, canvas.height)?.text;
  }, png.toString('base64'));
}

/// Shows a text as a QR code, with the quiet zone that readers need.
export async function showText(text, file) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const across = modules.size + 2 * quiet;
  await writeMovie(file, (x, y) => {
    const [column, row] = [Math.floor(x * across) - quiet, Math.floor(y * across) - quiet];
    const isInside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
    return isInside && modules.get(row, column) ? BLACK : WHITE;
  });
}

/// Writes frames whose middle is what `light` says for coordinates from 0 to 1.
async function writeMovie(file, light) {
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  const [left, top] = [(WIDTH - SIDE) / 2, (HEIGHT - SIDE) / 2];
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      luma[(top + y) * WIDTH + left + x] = light((x + 0.5) / SIDE, (y + 0.5) / SIDE);
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([header, ...Array(FRAMES).fill(frame)]));
}

const maxSide = 800;
const previewSide = 220;

/** A picture as a phone sends it: small, and with a smaller one to keep on this page. */
export async function readPicture(file: File): Promise<{ contentType: string; base64: string; preview: string }> {
  const bitmap = await createImageBitmap(file);
  const address = draw(bitmap, maxSide);
  const preview = draw(bitmap, previewSide);
  bitmap.close();
  return { contentType: 'image/jpeg', base64: address.slice(address.indexOf(',') + 1), preview };
}

function draw(bitmap: ImageBitmap, side: number): string {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d')!;
  // JPEG knows no transparency.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.8);
}

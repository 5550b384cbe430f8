import { expect, it } from 'vitest';
import { refusal, uploadOf } from './documents.ts';

it('refuses before the upload what the service would refuse after it', () => {
  expect(refusal({ name: 'Terms.MD', size: 10 })).toBeUndefined();
  expect(refusal({ name: 'prices.csv', size: 5 * 1024 * 1024 })).toBeUndefined();
  expect(refusal({ name: 'manual.pdf', size: 10 })).toBeUndefined();
  expect(refusal({ name: 'photo.png', size: 10 })).toContain('Markdown');
  expect(refusal({ name: 'empty.txt', size: 0 })).toContain('empty');
  expect(refusal({ name: 'book.txt', size: 5 * 1024 * 1024 + 1 })).toContain('5 MB');
});

it('sends only what was filled in: the rest the service reads from the file', () => {
  const form = new FormData();
  form.append('file', new File(['# Terms'], 'terms.md'));
  form.append('title', ' Terms of delivery ');
  form.append('url', '');
  form.append('language', '');
  const upload = uploadOf(form);
  expect([...upload.keys()]).toEqual(['file', 'title']);
  expect(upload.get('title')).toBe('Terms of delivery');
});

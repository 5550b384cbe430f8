import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockServices } from '../dev/mock.ts';

export default defineConfig(({ command }) => ({
  plugins: [react(), ...(command === 'serve' ? [mockServices()] : [])],
  // The pages run under a policy without inline code and without data: fonts.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { port: 5180, strictPort: true },
  preview: { port: 5180, strictPort: true },
}));

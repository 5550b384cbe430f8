import { defineConfig } from 'vite';

// One classic script without parts: a page of another site loads it with one tag and nothing after it.
export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'AssistifyWidget', fileName: () => 'widget.js' },
  },
});

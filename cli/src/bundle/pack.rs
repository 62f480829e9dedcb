//! A module and the JavaScript that runs it, as one file.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use brotli::BrotliCompress;
use brotli::enc::BrotliEncoderParams;

const GLUE: &str = include_str!("glue.cjs");

/// A bundle.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    /// The JavaScript, with the module inside.
    pub(crate) code: String,
    /// The size of the module, in bytes.
    pub(crate) module: usize,
    /// The size of the module in the bundle, before it is written as text.
    pub(crate) compressed: usize,
}

/// Packs a module. It is compressed by brotli, which Node decompresses itself.
pub(super) fn pack(module: &[u8]) -> Bundle {
    let compressed = compress(module);
    let text = BASE64_STANDARD.encode(&compressed);
    Bundle {
        code: format!("{GLUE}start({}, '{text}')\n", module.len()),
        module: module.len(),
        compressed: compressed.len(),
    }
}

fn compress(mut bytes: &[u8]) -> Vec<u8> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        // The largest window: 16 MiB.
        lgwin: 24,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    BrotliCompress(&mut bytes, &mut compressed, &parameters)
        .expect("reading and writing memory cannot fail");
    compressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_the_glue_and_the_compressed_module() {
        let module: Vec<u8> = b"module ".repeat(1000);
        let bundle = pack(&module);
        let call = bundle.code.strip_prefix(GLUE).unwrap();
        let text = call
            .strip_prefix("start(7000, '")
            .unwrap()
            .strip_suffix("')\n")
            .unwrap();
        let compressed = BASE64_STANDARD.decode(text).unwrap();
        assert_eq!((bundle.module, bundle.compressed), (7000, compressed.len()));
        let mut decompressed = Vec::new();
        brotli::BrotliDecompress(&mut compressed.as_slice(), &mut decompressed).unwrap();
        assert!(decompressed == module);
    }
}

//! HTTPS for phones nearby: browsers hand out their camera over nothing less.

use std::{
    fs,
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use qrcode::{QrCode, render::unicode::Dense1x2};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};

use super::house::StartError;
use crate::platform::config::Config;

/// Added to the plain port, so that both can be open: 3000 and 3443.
const PORT_STEP: u16 = 443;

/// The address on the local network, and the certificate made for it.
pub struct Lan {
    pub addr: SocketAddr,
    pub certificate: String,
    pub key: String,
}

impl Lan {
    /// Finds the address, makes the certificate unless there is one for it, and sets the origin that links begin with.
    pub fn prepare(config: &mut Config) -> Result<Self, StartError> {
        let ip = own_address()?;
        let addr = SocketAddr::new(ip, config.addr.port().saturating_add(PORT_STEP));
        if config.origin.is_none() {
            config.origin = Some(format!("https://{addr}"));
        }
        let (certificate, key) = certificate(&config.data.join("lan"), ip)?;
        Ok(Self { addr, certificate, key })
    }

    /// The address as a QR code of block letters, to be scanned from the terminal.
    pub fn qr(origin: &str) -> Option<String> {
        let code = QrCode::new(origin.as_bytes()).ok()?;
        Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build())
    }
}

/// The address by which other machines reach this one; nothing is sent to find it.
fn own_address() -> io::Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    // An address that is nobody's (RFC 5737): the system only picks the way there.
    match socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)) {
        Ok(()) => Ok(socket.local_addr()?.ip()),
        Err(_) => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
    }
}

/// The kept certificate when it was made for the same names, else a new one.
fn certificate(folder: &Path, ip: IpAddr) -> Result<(String, String), StartError> {
    let names = names(ip);
    let noted = names.join("\n");
    let kept = |name: &str| fs::read_to_string(folder.join(name));
    if let (Ok(found), Ok(certificate), Ok(key)) = (kept("names"), kept("certificate.pem"), kept("key.pem"))
        && found == noted
    {
        return Ok((certificate, key));
    }
    let (certificate, key) = make(names)?;
    fs::create_dir_all(folder)?;
    write_private(&folder.join("key.pem"), &key)?;
    fs::write(folder.join("certificate.pem"), &certificate)?;
    fs::write(folder.join("names"), noted)?;
    Ok((certificate, key))
}

fn names(ip: IpAddr) -> Vec<String> {
    let mut names = vec![ip.to_string(), "127.0.0.1".to_owned(), "localhost".to_owned()];
    if let Ok(host) = fs::read_to_string("/proc/sys/kernel/hostname") {
        names.push(host.trim().to_owned());
        names.push(format!("{}.local", host.trim()));
    }
    names.dedup();
    names
}

fn make(names: Vec<String>) -> Result<(String, String), rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Lango on this network");
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok((certificate.pem(), key.serialize_pem()))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    // The mode holds only for a new file.
    let _ = fs::remove_file(path);
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::secrets;

    #[test]
    fn a_certificate_is_kept_for_as_long_as_its_names_hold() {
        let folder = std::env::temp_dir().join(format!("lango-lan-{}", secrets::hex(&secrets::random::<4>())));
        let here = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
        let (first, key) = certificate(&folder, here).expect("a certificate");
        assert!(first.contains("BEGIN CERTIFICATE") && key.contains("PRIVATE KEY"));
        assert_eq!(certificate(&folder, here).expect("the same").0, first);
        let elsewhere = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 8));
        assert_ne!(certificate(&folder, elsewhere).expect("another").0, first);
        fs::remove_dir_all(folder).expect("removed");
    }
}

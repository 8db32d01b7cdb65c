"""Each part measures one promise and says whether it holds."""

def test_dev(devset_store, seeds_store):
    assert (devset_store/'current').is_dir()

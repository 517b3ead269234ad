"""What is asked of livestreams (直播带岗): rules, firms with their checklists, run sheets, channels."""
